import type { Express } from 'express';
import type { Route } from '../http/route.ts';
import { openApiOf } from './openapi.ts';
import { documentationPage, STYLE } from './page.ts';

/** /openapi.json, and the same to read at /docs: one page without a script and without a request outside. */
export function documentationRoutes(app: Express, routes: readonly Route[]): void {
  const document = openApiOf(routes);
  const page = documentationPage(document);
  app.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  app.get('/docs', (_request, response) => {
    response.type('html').send(page);
  });
  app.get('/docs/style.css', (_request, response) => {
    response.type('css').send(STYLE);
  });
}
