"""The ports over AWS's tables, queues, buckets and secrets: the only importers of boto3 and Powertools' utilities."""
