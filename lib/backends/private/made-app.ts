import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { BindOnce } from "../../core/bind-once";
import * as errors from "../../core/errors";
import { LockableApp } from "./locked-app";

/** An app as azurerm has it, whatever its kind. */
export interface AppResource extends LockableApp {
  readonly name: string;
  readonly id: string;
  readonly identity: { readonly principalId: string };
}

/** An app that is made when its backend is bound, with attributes that can be used before. */
export class MadeApp {
  public readonly name: string;
  public readonly id: string;
  public readonly principalId: string;

  private readonly app: BindOnce<AppResource>;

  constructor(factory: string) {
    this.app = new BindOnce(factory, errors.backendBoundTwice);
    this.name = Lazy.stringValue({ produce: () => this.app.value.name });
    this.id = Lazy.stringValue({ produce: () => this.app.value.id });
    this.principalId = Lazy.stringValue({ produce: () => this.app.value.identity.principalId });
  }

  public make<App extends AppResource>(scope: Construct, make: () => App): AppResource {
    return this.app.bind(scope, make);
  }
}
