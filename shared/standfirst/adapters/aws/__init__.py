"""The stores, queues and buckets of AWS behind the ports: the only importers of boto3 and Powertools' utilities."""
