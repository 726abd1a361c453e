import { findingLine } from "../../../lib/policy/findings/rule";
import { PolicySection, PolicySlot, StatementConfig } from "../../../lib/policy/statement";
import { refusal } from "../../helpers/refusal";
import { statement, TOKEN } from "../statements";
import { documentOf, found, merged, places, Sections } from "./found";

/* Headers that the library removes, limits that a document can have once, and cors. */

const header = (name: string, rest = ""): string =>
  `<set-header name="${name}"${rest}><value>{{a}}</value></set-header>`;
const query = (name: string, rest = ""): string =>
  `<set-query-parameter name="${name}"${rest}><value>{{a}}</value></set-query-parameter>`;
const DELETE = ' exists-action="delete"';
const cleanup = (xml: string): StatementConfig => statement("cleanup", xml, PolicySlot.CLEANUP);
const caller = (xml: string): StatementConfig => statement("caller", xml, PolicySlot.CALLER_IDENTITY);

const lines = (sections: Sections, ...ours: StatementConfig[]): string[] =>
  places(
    merged(documentOf(sections), ...ours)
      ._analyze()
      .findings.all(),
  );

describe("what the library removes before the backend is called", () => {
  const removesHeader = cleanup(header("X-Key", DELETE));
  const removesQuery = cleanup(query("key", DELETE));

  test.each<[string, Sections, StatementConfig[], string[]]>([
    ["a header", { inbound: header("x-key") }, [removesHeader], ["4:1"]],
    ["a header that may be deleted", { inbound: header("X-Key", ' exists-action="@(x)"') }, [removesHeader], ["4:1"]],
    ["a header with spaces around its name", { inbound: header(" X-Key ") }, [removesHeader], ["4:1"]],
    ["not a header without a name", { inbound: "<set-header><value>{{a}}</value></set-header>" }, [removesHeader], []],
    ["a query parameter", { inbound: query("Key") }, [removesQuery], ["4:1"]],
    [
      "a header for some requests",
      { inbound: `<choose><otherwise>\n${header("X-Key")}</otherwise></choose>` },
      [removesHeader],
      ["5:1"],
    ],
    [
      "a caller header, if no token is added",
      { inbound: header("X-Caller-A") },
      [caller(header("X-Caller-A", DELETE))],
      ["4:1"],
    ],
    ["not a header that is deleted", { inbound: header("X-Key", DELETE) }, [removesHeader], []],
    ["not another header", { inbound: header("X-Key-2") }, [removesHeader], []],
    ["not a query parameter with the name of a header", { inbound: query("X-Key") }, [removesHeader], []],
    ["not a header with the name of a query parameter", { inbound: header("key") }, [removesQuery], []],
    ["not a variable", { inbound: '<set-variable name="X-Key" value="a" />' }, [removesHeader, removesQuery], []],
    [
      "not a header of another request",
      { inbound: `<send-request mode="new">${header("X-Key")}</send-request>` },
      [removesHeader],
      [],
    ],
    ["not a header of the response", { outbound: header("X-Key") }, [removesHeader], []],
    ["not a header that is only set again", { inbound: header("X-Key") }, [cleanup(header("X-Key"))], []],
    [
      "not a header that the user deletes later",
      { inbound: header("X-Key") },
      [statement("raw", header("X-Key", DELETE))],
      [],
    ],
    [
      "not a header that is removed from the response",
      { inbound: header("X-Key") },
      [{ ...cleanup(header("X-Key", DELETE)), section: PolicySection.OUTBOUND }],
      [],
    ],
    ["not what has a variable in its place", { inbound: "<trace />" }, [cleanup("<trace />")], []],
  ])("%s", (_, sections, ours, expected) => {
    expect(lines(sections, ...ours)).toEqual(expected.map((place) => `${place} header-removed-later`));
  });

  test("is named", () => {
    const document = merged(
      documentOf({ inbound: `${header("X-KEY")}\n${query("KEY")}` }),
      removesHeader,
      removesQuery,
    );
    expect(document._analyze().findings.all().map(findingLine)).toEqual([
      refusal("header-removed-later", "4:1 The header X-KEY is set"),
      refusal("header-removed-later", "5:1 The query parameter KEY is set"),
    ]);
  });

  test("is said of the user's statements, but not of the library's own", () => {
    expect(lines({}, removesHeader, statement("raw", header("X-Key")))).toEqual([
      "statement raw:1:1 header-removed-later",
    ]);
    expect(lines({}, removesHeader, caller(header("X-Key")))).toEqual([]);
  });

  test("is a conflict instead, where the token makes the backend trust the header", () => {
    const removed = caller(header("X-Caller-A", DELETE));
    expect(lines({ inbound: header("X-Caller-A") }, removed, TOKEN)).toEqual(["4:1 caller-header-set"]);
    expect(lines({ inbound: header("X-Key") }, removesHeader, TOKEN)).toEqual(["4:1 header-removed-later"]);
  });
});

describe("a limit that a document can have once", () => {
  const rate = '<rate-limit calls="1" renewal-period="1" />';
  const quota = '<quota calls="1" renewal-period="300" />';
  const ours = (xml: string, kind = "limit"): StatementConfig => statement(kind, xml);

  test.each<[string, Sections, StatementConfig[], string[]]>([
    ["alone", {}, [ours(rate)], []],
    ["beside one of the document", { inbound: rate }, [ours(rate)], ["statement limit:1:1"]],
    ["beside one in another section", { outbound: quota }, [ours(quota)], ["statement limit:1:1"]],
    ["beside another kind", { inbound: quota }, [ours(rate)], []],
    ["beside one by a key", { inbound: '<rate-limit-by-key calls="1" />' }, [ours(rate)], []],
    ["beside what is not in effect", { inbound: `<set-body>${rate}</set-body>` }, [ours(rate)], []],
    ["twice in the document, which has both already", { inbound: `${rate}${rate}` }, [TOKEN], []],
    [
      "three times in statements",
      {},
      [ours(rate), ours(rate, "second"), ours(quota, "other"), ours(rate, "third")],
      ["statement second:1:1", "statement third:1:1"],
    ],
    ["twice in a statement", {}, [ours(`${rate}\n${rate}`)], ["statement limit:2:1"]],
  ])("%s", (_, sections, statements, expected) => {
    expect(lines(sections, ...statements)).toEqual(expected.map((place) => `${place} limit-repeated`));
  });
});

describe("cors", () => {
  const cors = statement("cors", "<cors><a /></cors>", PolicySlot.CORS);
  const trace = statement("raw", "<trace />");
  const outbound = statement("raw", "<trace />", PolicySlot.USER, PolicySection.OUTBOUND);

  test.each<[string, string, StatementConfig[], string[]]>([
    ["first", "<cors /><base /><trace />", [trace], []],
    ["after <base />", "<base /><cors /><trace />", [trace], []],
    ["late", "<base /><trace /><cors />", [trace], ["2:27, late-cors"]],
    ["very late", "<trace /><base /><cors />", [trace], ["2:27, late-cors"]],
    ["first and late", "<cors /><trace /><base /><cors />", [trace], ["2:35, late-cors"]],
    ["last, after <base />", "<base /><cors />", [trace], []],
    ["late, where nothing is merged into the section", "<base /><trace /><cors />", [outbound], []],
    ["late for some requests", '<base /><choose><when condition="@(x)"><cors /></when></choose>', [trace], []],
    ["not there", "<base /><trace />", [trace], []],
    ["beside ours", "<cors /><base />", [cors], ["2:10, second-cors, cors at 2:10, REPLACE_CORS, KEEP_CORS"]],
    ["of some requests beside ours", '<base /><choose><when condition="@(x)"><cors /></when></choose>', [cors], []],
  ])("that is %s", (_, inbound, ours, expected) => {
    const xml = `<policies>\n<inbound>${inbound}</inbound><outbound><base /></outbound></policies>`;
    expect(
      found(
        merged(xml, ...ours)
          ._analyze()
          .findings.all(),
      ),
    ).toEqual(expected);
  });

  test("of another section is none", () => {
    expect(lines({ outbound: "<cors />" }, cors)).toEqual([]);
    expect(lines({ inbound: "<cors />" }, { ...cors, section: PolicySection.OUTBOUND })).toEqual([]);
  });
});
