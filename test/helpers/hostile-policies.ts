/* Policies, well-formed or not, that take more work than others of their length. */

const INHERITED = "<base />";

const policyOf = (inbound: string, backend = INHERITED, outbound = ""): string =>
  `<policies><inbound>${INHERITED}${inbound}</inbound><backend>${backend}</backend><outbound>${INHERITED}${outbound}</outbound></policies>`;

const filled = (part: string, length: number): string => part.repeat(length / part.length);
const repeated = (part: string) => (length: number) => policyOf(filled(part, length));

/** Hostile policies by name, each of about the given length. */
export const HOSTILE_POLICIES: Record<string, (length: number) => string> = {
  "many elements with a bare &": repeated("<trace>&</trace>"),
  "many elements with a bare & and code": repeated("<trace>&</trace><trace>@(a && b)</trace>"),
  "many unknown elements": repeated("<x/>"),
  "many elements with a text": repeated("<trace>a</trace>"),
  "many unknown elements with a bare &": repeated("<x>&</x>"),
  "many unknown elements with a control character": repeated("<x>\u0001</x>"),
  "many unknown elements, one in another": (length) => policyOf("", `<retry>${filled("<x/>", length)}</retry>`),
  "many elements with code": repeated("<x>@(1)</x>"),
  "many attributes with code": repeated('<x a="@(1)" b="@(1)" c="@(1)"/>'),
  "many attributes with escaped code": repeated('<x a="@(a &amp;&amp; b &lt; &quot;c&quot;)"/>'),
  "many elements with escaped code, and with other code": repeated('<x a="@(a &amp;&amp; b)"/><x>@(a && b)</x>'),
  "many headers with a computed name": repeated('<set-header name="@(1)"/>'),
  "much code that can read the gateway's token": (length) =>
    policyOf("", INHERITED, filled('<x a="@(context)"/>', length)),
  "many elements with broken code": repeated('<x>@(x < ["a)</x>'),
  "many attributes with broken code": repeated('<x a="@(x["a)" />'),
  "many unknown elements before code": (length) => policyOf(`${filled("<x/>", length)}<x>@(1)</x>`),
  "many unknown elements before broken code": (length) =>
    policyOf(`${filled("<x/>", length)}<x>&amp;</x><x>@(x < ["a)</x>`),
};
