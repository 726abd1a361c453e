import { readFileSync } from "fs";
import { App, Lazy, TerraformOutput, TerraformStack, Token } from "cdktf";
import * as stackTraces from "cdktf/lib/tokens/private/stack-trace";
import { Construct } from "constructs";
import {
  ApimGateway,
  Audience,
  Backend,
  IApimBackend,
  PolicyDocument,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { GROUP, messageOf, thrown } from "../helpers/synth";

const KEPT = "cdktf-secure-apim-backend:creationStacks";
const capture = jest.fn(() => ["captured"]);

beforeEach(() => {
  capture.mockClear();
  Object.assign(stackTraces, { captureStackTrace: capture });
});

/** A gateway in a stack, and a function that creates an API on it. */
function declared(context: Record<string, unknown> = {}) {
  const stack = new TerraformStack(new App({ context }), "app");
  const props = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };
  const gateway = new ApimGateway(stack, "Gateway", props);
  capture.mockClear();
  const url = (): IApimBackend => Backend.url("https://orders.contoso.com", Audience.clientId(CLIENT));
  const create = (backend = url()): SecureApimBackend => new SecureApimBackend(stack, "Orders", { gateway, backend });
  return { stack, create };
}

const CLIENT = "11111111-1111-1111-1111-111111111111";

/** A backend of the user's own. */
function ownBackend(bind: (scope: Construct) => void): IApimBackend {
  return {
    factory: "OwnBackend",
    bind: (scope) => {
      bind(scope);
      return {
        url: "https://orders.contoso.com",
        audience: Audience.clientId(CLIENT),
        policy: PolicyDocument.EMPTY,
        dependencies: [],
      };
    },
  } as IApimBackend;
}

test("cdktf captures no creation stack while an API is created, and captures them again afterwards", () => {
  const { create } = declared();
  create();
  expect(capture).not.toHaveBeenCalled();
  Lazy.stringValue({ produce: () => "a" });
  expect(capture).toHaveBeenCalledTimes(1);
});

test.each([true, "true"])("the context of the app keeps the stacks: %p", (kept) => {
  const { create } = declared({ [KEPT]: kept });
  create();
  expect(capture.mock.calls.length).toBeGreaterThan(50);
});

test("where a resolve error would show the lines, it names the construct and says how to get them", () => {
  const { stack, create } = declared();
  let token = "";
  const failing = (): string => {
    throw new Error("nothing there");
  };
  create(ownBackend(() => (token = Lazy.stringValue({ produce: failing }))));
  new TerraformOutput(stack, "Output", { value: token });
  expect(messageOf(() => stack.toTerraform())).toContain(
    `Object creation stack:\n  at "app/Orders" (for the line, set "${KEPT}" to true in the context of the app)`,
  );
});

/** What can be thrown while an API is created. */
const THROWN: Record<string, (scope: Construct) => void> = {
  "by the user": () => {
    throw new Error("mine");
  },
  "by Node": () => void readFileSync("/nowhere/at/all"),
  "by the engine": () => void (undefined as unknown as string).length,
  "by cdktf": (scope) => void new TerraformOutput(scope, "", { value: "" }),
  "by cdktf for a token": () => void Token.asString(Token.asAny(() => 1)),
  "by the library": () => void PolicyDocument.fromXml(7 as never),
};

test.each(Object.entries(THROWN))("what is thrown %s keeps its whole stack, and captures go on", (_, raise) => {
  const stackOf = (context: Record<string, unknown>): string[] => {
    const { create } = declared(context);
    const { stack = "" } = thrown(() => create(ownBackend(raise)));
    return stack.split("\n").filter((line) => line.startsWith("    at "));
  };
  const [suspended, kept] = [{}, { [KEPT]: true }].map(stackOf);
  expect(suspended).toEqual(kept);
  const first = suspended.find((frame) => !/node:|node_modules|\/lib\//.test(frame));
  expect(first).toContain(__filename);
  expect(stackTraces.captureStackTrace).toBe(capture);
});
