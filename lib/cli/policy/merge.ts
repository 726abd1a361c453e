import { Console, outJson } from "../console";
import { misuse } from "../misuse";
import { outputFileOf } from "../options";
import { replaceFile } from "../output-file";
import { exitCodeOf, reportJson, reportOn } from "./document-report";
import { policyFiles } from "./files";
import { mergeByOptions } from "./gateway-options";
import { Values } from "./options";
import { reportText } from "./report-text";
import { skuNamed } from "./sku";

/** `policy merge`: prints the document with the gateway's statements. */
export function merge(paths: readonly string[], values: Values, console: Console): number {
  const { json } = values;
  const sku = skuNamed(values.sku);
  const output = outputFileOf(values.output);
  const [file, ...more] = paths.length === 1 ? policyFiles(paths).files : [];
  if (file === undefined || more.length > 0)
    misuse("one-file-to-merge", '"policy merge" takes one file.', 'Write "policy merge FILE --audience ...".');
  const reporting = { merge: mergeByOptions(values, {}), console, sku, templates: values.template };
  const { report, xml } = reportOn(file.path, reporting);
  if (output !== undefined && xml !== undefined) replaceFile(output, xml);
  const printed = output === undefined ? xml : undefined;
  if (json) outJson(console, { ...reportJson(report), xml: printed });
  else {
    if (printed !== undefined) console.out(printed, "document");
    if (xml === undefined || report.findings.length + report.notJudged.length > 0) console.err(reportText(report, sku));
  }
  return exitCodeOf([report]);
}
