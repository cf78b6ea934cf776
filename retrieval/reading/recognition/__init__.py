"""Recognition of text in pictures: a scanned page or a photo becomes words with places.

Tesseract, a program of its own, recognises the words. Words that it is unsure of become a visible
gap: a quote never says what may not stand there.

1. `image_files`: a file's pictures, checked by their sizes before they are decoded.
2. `tesseract`: the program, called once for each picture.
3. `words`: its answer as words, the unsure ones as gaps.
4. `recogniser`: all this within the time that a file may take, or the cause why not.
"""
