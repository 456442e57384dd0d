import { centsOf } from "../../frontend/src/seller/money-input";
import { centsOf as imported } from "@shared/csv";

it.each([
	["19.99", 1999],
	["19,9", 1990],
	["€ 19", 1900],
	["19 €", 1900],
	[".5", 50],
	["1234.50", 123_450],
	["1,234.50", 123_450],
	["1.234,50", 123_450],
	["1 234,50", 123_450],
	["1,234,567", 123_456_700],
	["12.345.678,9", 1_234_567_890],
	[" ", undefined]
])("reads %j as %j cents", (typed, cents) => expect(centsOf(typed)).toBe(cents));

it.each([
	"1.234",
	"1,234",
	"12,501.234,56",
	"1.234.56",
	"1,23,456",
	"0,123.45",
	"1234,567.00",
	"12 50",
	"12.",
	".",
	"€",
	"-5",
	"1e3",
	"viel"
])("doesn't guess at %j", typed => expect(centsOf(typed)).toBeNaN());

it.each(["19.99", "19,9", "€ 19", "1.234", "1,234", "12.", "viel"])(
	"and the import read %j alike",
	typed => expect(centsOf(typed)).toEqual(imported(typed) ?? NaN)
);
