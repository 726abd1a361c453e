import { rmSync, writeFileSync } from "fs";
import { join } from "path";
import { Json } from "../../helpers/synth";
import { configurationOf, copyOf, folderOf, init, terraform, withProviders } from "./stack";
import { runTests } from "./tftest";

/*
 * The quickstart with a fault in it, as if the library rendered it so: its Terraform test says what is wrong. Where it did not, a test
 * that passes would prove nothing.
 */

const TEST = join(__dirname, "..", "..", "..", "examples", "quickstart.tftest.hcl");
const FAULTY = "quickstart-with-a-fault";
const ANOTHER = "0badc0de-0000-4000-8000-000000000001";

const app = (stack: Json): Json => Object.values<Json>(stack.resource.azurerm_linux_function_app)[0];
const policy = (stack: Json): Json => Object.values<Json>(stack.resource.azurerm_api_management_api_policy)[0];

function plant(fault: (stack: Json) => void): void {
  const stack = configurationOf("quickstart");
  fault(stack);
  writeFileSync(join(folderOf(FAULTY), "cdk.tf.json"), JSON.stringify(stack));
}

withProviders("the test of the quickstart fails for", () => {
  beforeAll(() => {
    init(copyOf("quickstart", FAULTY));
  });
  afterAll(() => rmSync(folderOf(FAULTY), { recursive: true }));

  test("an attribute that azurerm does not have", async () => {
    plant((stack) => (app(stack).https_onyl = true));
    expect(terraform(FAULTY, "validate").stderr).toContain("https_onyl");
    expect((await runTests(TEST, FAULTY)).errors).toContainEqual(expect.stringContaining("https_onyl"));
  });

  test("an app that answers without a token", async () => {
    plant((stack) => (app(stack).auth_settings_v2.require_authentication = false));
    expect((await runTests(TEST, FAULTY)).errors).toEqual([
      "only-the-gateway-gets-in: Test assertion failed: The app answers calls without a token.",
    ]);
  });

  test("an allow-list with another principal", async () => {
    plant((stack) => (app(stack).auth_settings_v2.active_directory_v2.allowed_identities = [ANOTHER]));
    expect((await runTests(TEST, FAULTY)).errors).toEqual([
      "only-the-gateway-gets-in: Test assertion failed: The app does not let in the gateway's identity, and no other.",
    ]);
  });

  test("an allow-list with another principal beside the gateway's", async () => {
    plant((stack) => app(stack).auth_settings_v2.active_directory_v2.allowed_identities.push(ANOTHER));
    expect((await runTests(TEST, FAULTY)).errors).toEqual([
      "only-the-gateway-gets-in: Test assertion failed: The app does not let in the gateway's identity, and no other.",
    ]);
  });

  test("a policy without a token", async () => {
    plant((stack) => {
      policy(stack).xml_content = policy(stack).xml_content.replace(/<authentication-managed-identity [^>]*>/, "");
    });
    expect((await runTests(TEST, FAULTY)).errors).toEqual([
      "only-the-gateway-gets-in: Test assertion failed: The gateway does not ask for one token, for the app's registration.",
    ]);
  });
});
