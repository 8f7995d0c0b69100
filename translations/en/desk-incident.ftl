incident-reliability-a = completely reliable
