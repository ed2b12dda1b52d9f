"""Tables of cells: the workbook of a journey, and the spreadsheets of other people."""
