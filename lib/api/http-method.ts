/** A method of HTTP. TRACE is none of them: it sends a request back as it arrived, the gateway's token included. */
export enum HttpMethod {
  /** Reads. */
  GET = "GET",
  /** Reads the headers alone. */
  HEAD = "HEAD",
  /** Sends something new. */
  POST = "POST",
  /** Replaces. */
  PUT = "PUT",
  /** Changes in part. */
  PATCH = "PATCH",
  /** Removes. */
  DELETE = "DELETE",
  /** Asks what is allowed. An API with such an operation takes preflight requests from a `cors` policy. */
  OPTIONS = "OPTIONS",
}
