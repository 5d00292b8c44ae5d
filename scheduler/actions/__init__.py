"""One verb a file: from values and folders to values. Nothing here prints or asks the time."""
