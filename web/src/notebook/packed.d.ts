/** A script with all that it imports, as gzip in base64: the build makes it. */
declare module "packed:*" {
  const text: string;
  export default text;
}
