// Package sheet reads workbooks of Excel (.xlsx) row by row, as the values they hold: a date
// is its number of days. It keeps the shared strings of a workbook in memory, in one piece, and
// of a sheet no more than a row.
//
//	sheet.go    a workbook, its sheets and their parts
//	rows.go     the rows of a sheet
//	strings.go  shared strings
//	scan.go     the tags of a part and the text between them
//
// Workbooks written for people to read, with styles, are the business of package book,
// whose library reads a sheet with many shared strings at a quarter of the speed.
package sheet
