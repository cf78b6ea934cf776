"""What comes in by itself: changes of the documents' folder, web pages, files and feeds."""
