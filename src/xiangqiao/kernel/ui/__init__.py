"""The look of the product: typed parts that templates render. How to call each: docs/ui.md."""
