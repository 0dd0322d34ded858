export { methodNotAllowed as PUT, methodNotAllowed as PATCH, methodNotAllowed as DELETE } from "@/lib/http/refusals";
export { signInRoute as GET, signInRoute as POST } from "@/lib/http/sign-in-route";
