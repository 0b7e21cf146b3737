"""From government work-safety notices to printed checklists.

The folders in the order of the flow; each imports only those above it, and all stand on the ground beside them::

    notices      what the state said: texts received, their clauses
    rules        what is asked: closed lists, items with the words of their clauses, checks that they are sound
    selection    of whom: which items an enterprise is asked on a day, and why
    checklist    in which order: the asked items as numbered rows
    documents    on which paper: Word and Excel, made, read back, verified
    roster       who they are: enterprises from Excel, CSV, YAML
    batch        all of them at once
    returns      what came back: filled books and lists, hazards, the ledger over all
    web          the same with a mouse: pages in the browser of this computer
    cli          the command line; it alone prints and exits
"""

__version__ = "1.0.0"
