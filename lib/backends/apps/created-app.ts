import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { BindOnce, BOUND } from "../../core/bind-once";
import { LockableApp } from "./sign-in/lock-app";

/** What every app has that we make, on App Service or elsewhere. */
export interface MadeResource {
  readonly name: string;
  readonly id: string;
  readonly identity: { readonly principalId: string };
}

/** An App Service app as azurerm has it, whatever its kind. */
export interface AppResource extends LockableApp, MadeResource {}

/** An app that is made when its backend is bound, with attributes that can be used before. */
export class MadeApp {
  public readonly name: string;
  public readonly id: string;
  public readonly principalId: string;

  private readonly app: BindOnce<MadeResource>;

  constructor(factory: string) {
    this.app = new BindOnce(factory, BOUND.backend);
    this.name = Lazy.stringValue({ produce: () => this.app.value.name });
    this.id = Lazy.stringValue({ produce: () => this.app.value.id });
    this.principalId = Lazy.stringValue({ produce: () => this.app.value.identity.principalId });
  }

  public make<App extends MadeResource>(scope: Construct, make: () => App): App {
    let app!: App;
    this.app.bind(scope, () => (app = make()));
    return app;
  }
}
