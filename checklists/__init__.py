"""From government work-safety notices to printed checklists.

The modules in the order of the flow::

    seeds -> notices -> clauses -+
                                 +-> checks (quotes stand, every sentence is accounted for)
    rules -> items --------------+
    items + enterprise + day -> selection -> checklist -> documents (Word, Excel)
"""

__version__ = "0.1.0"
