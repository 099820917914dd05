"""English words that carry no matter of their own: what is left of a sentence without them is what it claims."""

from standfirst.text.word_lists import word_set

ENGLISH_FUNCTION_WORDS = word_set(
    """
    a an the this that these those such same other another each every either neither both all any some no none
    i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us our
    ours ourselves they them their theirs themselves one ones who whom whose which what someone somebody
    something anyone anybody anything everyone everybody everything nobody nothing
    be am is are was were been being have has had having do does did doing done will would shall should can
    could may might must ought need isn't aren't wasn't weren't haven't hasn't hadn't don't doesn't didn't won't
    wouldn't shan't shouldn't can't cannot couldn't mightn't mustn't it's that's there's he's she's they're
    i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll they've they'd they'll he'd he'll she'd
    she'll it'll let's who's what's not
    and or but nor so yet if then than because while whereas although though unless until till since as when
    whenever where wherever whether why how
    of in on at by for from to with without within into onto upon about above below under over between among
    amongst through throughout during before after against along across around behind beside besides beyond
    despite down up off out near per via toward towards amid following including regarding concerning like
    unlike according due owing
    very too also just only even still already again ever never here there now once more most less least much
    many few little lot lots well however meanwhile moreover further furthermore instead rather quite almost
    nearly otherwise therefore thus hence together else perhaps mr mrs ms miss dr sir
    make makes made making get gets got getting take takes took taken taking go goes went gone going come comes
    came coming say says said saying tell tells told telling put puts give gives gave given giving set
    way thing things kind sort part number several various own back right able
    """
)
