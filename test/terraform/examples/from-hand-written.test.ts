import { readFileSync } from "fs";
import { join } from "path";
import { Testing } from "cdktf";
import { SignIn } from "cdktf-secure-apim-backend";
import { FromHandWritten } from "../../../examples/from-hand-written";
import { Json } from "../../helpers/synth";
import { plansInSequence, written } from "./sequence";
import { withProviders } from "./stack";

/* What docs/guides/from-hand-written-terraform.md says of the plans, from the hand-written configuration on. */

const HAND_WRITTEN = readFileSync(join(__dirname, "..", "..", "..", "examples", "hand-written", "main.tf"), "utf8");

const stack = (signIn?: SignIn): Json => written(new FromHandWritten(Testing.app(), "orders", signIn));

withProviders("taking over what was written by hand", () => {
  let plans: ReturnType<typeof plansInSequence>;
  beforeAll(() => {
    plans = plansInSequence("from-hand-written", {
      today: HAND_WRITTEN,
      "accept-both": stack(),
      "prefer-identity": stack(SignIn.preferIdentity("ADR 44")),
      required: stack(SignIn.REQUIRED),
    });
  });

  test("the first apply moves everything and destroys nothing", () => {
    expect(plans["accept-both"]).toEqual([
      "create: azuread_app_role_assignment",
      "create: azuread_application",
      "create: azuread_service_principal",
      "move: azurerm_api_management",
      "move: azurerm_api_management_api",
      "move: azurerm_api_management_api_operation",
      "move: azurerm_api_management_api_policy",
      "move: azurerm_api_management_backend",
      "move: azurerm_linux_web_app",
      "move: azurerm_resource_group",
      "move: azurerm_service_plan",
      "update: azurerm_api_management_api",
      "update: azurerm_api_management_api_policy",
      "update: azurerm_api_management_backend",
      "update: azurerm_linux_web_app",
    ]);
  });

  test("the gateway sends its token before the app asks for it", () => {
    expect(plans["prefer-identity"]).toEqual(["update: azurerm_api_management_api_policy"]);
    expect(plans.required).toEqual(["update: azurerm_linux_web_app"]);
  });
});

withProviders("a move that is missing", () => {
  test("shows as something that is destroyed", () => {
    const { moved, ...others } = stack();
    const forgotten = moved.filter(({ from }: Json) => from !== "azurerm_api_management_api.orders");
    const plans = plansInSequence("forgotten-move", { today: HAND_WRITTEN, taken: { ...others, moved: forgotten } });
    expect(plans.taken).toEqual(
      expect.arrayContaining(["create: azurerm_api_management_api", "delete: azurerm_api_management_api"]),
    );
  });
});
