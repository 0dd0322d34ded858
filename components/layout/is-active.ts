/** Whether a navigation item stands for the page at this address. */
export function isActive(pathname: string, { href, exact = false }: { href: string; exact?: boolean }): boolean {
  return pathname === href || (!exact && pathname.startsWith(`${href}/`));
}
