import type { Application } from "@cdktf/provider-azuread/lib/application";
import { Fn, Op, TerraformProvider, TerraformStack } from "cdktf";
import { matchesAtPlan } from "../core/at-plan";
import { atSynth } from "../core/at-synth";
import { conditionMessage } from "../core/fail";
import { requireAtPlan } from "../core/guard";
import { GUID } from "../core/ids";
import { stateOf } from "../core/state";
import { providersIn } from "../core/survey";
import { asArgument, isToken } from "../core/tokens";

/**
 * Makes sure that azuread creates a registration in the tenant whose tokens its app accepts, if the provider names a tenant. One that is
 * given by its domain is not compared.
 */
export function requireTenantOfProvider(application: Application, tenantId: string): void {
  atSynth(application, () => {
    const provider = application.provider ?? defaultProvider(TerraformStack.of(application));
    const given: unknown = Reflect.get(Object(provider), "tenantIdInput");
    if (typeof given !== "string" || (!isToken(given) && !GUID.test(given))) return;
    const isSame = Op.eq(Fn.lower(asArgument(given)), Fn.lower(asArgument(tenantId)));
    requireAtPlan(application, [
      {
        condition: isToken(given) ? Op.or(Op.not(matchesAtPlan(given, GUID)), isSame) : isSame,
        errorMessage: conditionMessage(
          "registration-provider-tenant-at-plan",
          "The azuread provider creates the app registration in another tenant than that of the azurerm provider. A managed identity gets " +
            "no token of another tenant.",
          "Write the same tenantId on both providers.",
        ),
      },
    ]);
  });
}

function defaultProvider(stack: TerraformStack): TerraformProvider | undefined {
  return stateOf(stack, "azuread-provider", () => providersIn(stack, "azuread").find(({ alias }) => !alias));
}
