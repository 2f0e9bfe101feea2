"""Write a workbook row by row: what is to be written, apart from who writes it."""

from models.workbook.writing.book import Writer, write_book
from models.workbook.writing.page import Cell, Column, Page, Row

__all__ = ["Cell", "Column", "Page", "Row", "Writer", "write_book"]
