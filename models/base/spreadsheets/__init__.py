"""Write a workbook row by row: what is to be written, apart from who writes it."""

from models.base.spreadsheets.book import Writer, write_book
from models.base.spreadsheets.page import Cell, Column, Page, Row

__all__ = ["Cell", "Column", "Page", "Row", "Writer", "write_book"]
