"""What stands on a page where the article, or its end, should be: invitations to subscribe, walls and errors."""
