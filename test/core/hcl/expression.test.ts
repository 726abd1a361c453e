import { hclExpression, templateContent } from "../../../lib/core/hcl/expression";

/* A value of Terraform's JSON and the HCL with the same value. In JSON, each string is a template without escapes. */

test.each<[string, unknown, string]>([
  ["a reference has no quotation marks", "${var.name}", "var.name"],
  ["quotation marks in a text are escaped", 'say "hi"', '"say \\"hi\\""'],
  ["those in an expression are not", '${lookup(var.a, "b")}', 'lookup(var.a, "b")'],
  ["a text with both", '"${var.a["b"]}"', '"\\"${var.a["b"]}\\""'],
  ["two references are a text", "${var.a}${var.b}", '"${var.a}${var.b}"'],
  ["a brace in a string of an expression", '${join("}", var.a)}', 'join("}", var.a)'],
  ["a template in a string of an expression", '${join("${var.a}}", var.b)}-', '"${join("${var.a}}", var.b)}-"'],
  ["an escaped quotation mark in an expression", '${replace(var.a, "\\"}", "")}', 'replace(var.a, "\\"}", "")'],
  ["an object in an expression", "${merge({}, var.a)}", "merge({}, var.a)"],
  ["a reference that strips spaces stays a text", "${~ var.a ~}", '"${~ var.a ~}"'],
  ["an expression of several lines", "${[\n1,\n2]}", "([\n1,\n2]\n)"],
  ["an expression that ends with a heredoc", "${<<A\nx\nA\n}", "(<<A\nx\nA\n)"],
  ["an escaped template stays escaped", '$${a} %%{b} "', '"$${a} %%{b} \\""'],
  ["a directive", '%{ if var.a }"x"%{ endif }', '"%{ if var.a }\\"x\\"%{ endif }"'],
  ["a backslash", "C:\\temp", '"C:\\\\temp"'],
  ["a text that looks like HCL", "[1", '"[1"'],
  ["a number as a text keeps its zeros", "0123", '"0123"'],
  ["nothing", "", '""'],
  ["a text of lines, the last one with an end", 'one "1"\n\\d\n', '(<<EOF\none "1"\n\\d\nEOF\n)'],
  ["a text of lines, the last one without", "one\n${var.a}", "chomp(<<EOF\none\n${var.a}\nEOF\n)"],
  ["a text that has the mark", "x\nEOF\ny", "chomp(<<EOF_\nx\nEOF\ny\nEOF_\n)"],
  ["lines of Windows", "a\r\nb", '"a\\r\\nb"'],
  ["values", [1, true, null, []], "[\n1,\ntrue,\nnull,\n[]\n]"],
  ["an object", { "a b": { c: "${var.d}" }, e: {} }, '{\n"a b" = {\n"c" = var.d\n}\n"e" = {}\n}'],
])("%s", (_, value, hcl) => expect(hclExpression(value)).toBe(hcl));

test("a template without an end stays as it is", () => expect(templateContent('a "${var.b')).toBe('a \\"${var.b'));
