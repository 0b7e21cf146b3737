"""The same with a mouse: a page in the browser of this computer, offline.

Pages are Jinja templates in ``pages/`` that work without script; ``assets/`` is what a browser is given beside them.
"""
