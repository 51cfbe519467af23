/** A script with all that it imports, as gzip in base64; it is made by the build. */
declare module "packed:*" {
  const text: string;
  export default text;
}
