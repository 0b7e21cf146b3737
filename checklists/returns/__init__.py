"""What came back: filled workbooks and lists, the hazards they tell of, and the ledger over all of them.

The ledger is a function of the folder of files, and is made again at will.
"""
