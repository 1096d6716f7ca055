// Which passwords are refused. Pure; only this area imports it.
export const isWeakPassword = (_password: string, _own: string[]): boolean => false;
