// With which stable code something was refused. For tests of services.

/** 'ok' when nothing was refused. */
export const codeOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'ok',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

/** The code and the field that it names, such as 'input.empty topic'. */
export const refusal = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'nothing was refused',
    (error: unknown) => {
      const { code, params } = error as { code: string; params?: { field?: string } };
      return params?.field === undefined ? code : `${code} ${params.field}`;
    },
  );
