"""The domain: tables, repositories, services, the form, the rules, the workbook and the migrations."""
