import { Annotations } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { requireGiven } from "../../../core/given";
import { checkReason } from "../../../core/reason";
import { acknowledge } from "../../../rules/acknowledge";
import { AppOptions } from "../app-options";

/**
 * Whether an app answers requests without a token. An app that is called with a key today goes through the phases in this order, one
 * apply each: `acceptBoth`, `preferIdentity`, `REQUIRED`.
 *
 * Before the last phase, only the app itself refuses a request without a token, for example because it has no function key. If the app
 * does not check a key, everyone who knows its address can call it.
 *
 * @see docs/guides/from-keys-to-identity.md
 * @see docs/design/decisions.md#grant-before-token
 * @see https://learn.microsoft.com/azure/app-service/overview-authentication-authorization#authorization-behavior
 */
export class SignIn {
  /** Every request needs a token of a caller that is granted access, whatever key it has. */
  public static readonly REQUIRED = new SignIn("SignIn.REQUIRED", "", false, true);

  /**
   * The gateway is granted access, but it calls the app as before, without a token. Requests without a token reach the app, which
   * checks their keys. A token that a request has is checked by the sign-in.
   *
   * Apply this phase first, because a new grant can take minutes until it works.
   *
   * @param reason who decided this, and until when; shown at synth and listed in the output of the stack
   */
  public static acceptBoth(reason: string): SignIn {
    return new SignIn("SignIn.acceptBoth", reason, true, false);
  }

  /**
   * The gateway calls the app with its token. Requests without a token still reach the app, which checks their keys.
   *
   * @param reason who decided this, and until when; shown at synth and listed in the output of the stack
   */
  public static preferIdentity(reason: string): SignIn {
    return new SignIn("SignIn.preferIdentity", reason, true, true);
  }

  private constructor(
    private readonly call: string,
    private readonly reason: string,
    /**
     * Whether requests without a token reach the app.
     *
     * @internal
     */
    public readonly _isOpen: boolean,
    /**
     * Whether the gateway sends its token.
     *
     * @internal
     */
    public readonly _sendsToken: boolean,
  ) {}

  /**
   * What the sign-in does with a request without a token, as Azure names it.
   *
   * @internal
   */
  public get _action(): string {
    return this._isOpen ? "AllowAnonymous" : "Return401";
  }

  /**
   * Says what is open and why.
   *
   * @param app the app as messages name it
   * @param resource what has the sign-in
   * @internal
   */
  public _announce(scope: Construct, app: string, resource: IConstruct): void {
    if (!this._isOpen) return;
    const reason = checkReason(scope, this.call, this.reason);
    acknowledge(resource, "sign-in-not-required", reason);
    Annotations.of(scope).addInfo(
      `The app "${app}" answers requests without a token if they pass its own checks (${this.call}): ${reason}`,
    );
  }
}

/**
 * What an app has that was called in another way before.
 *
 * @internal
 */
export interface MovedAppOptions extends AppOptions {
  /**
   * Whether requests without a token reach the app, while its callers move from keys to tokens.
   *
   * @default SignIn.REQUIRED
   */
  readonly signIn?: SignIn;
}

/** What was given, or the default. */
export function checkedSignIn(scope: Construct, signIn: SignIn | undefined): SignIn {
  if (signIn === undefined) return SignIn.REQUIRED;
  return requireGiven(scope, signIn, {
    name: "signIn",
    has: ["_isOpen", "_sendsToken", "_announce"],
    example: 'signIn: SignIn.acceptBoth("until 2027-03-31, see ADR 31")',
  });
}
