import { queryOptions } from "@tanstack/react-query";
import { projectDetailSchema, projectPageSchema } from "@/lib/domain/inventory-view";
import type { ProjectQuery } from "@/lib/domain/list-query";
import { api } from "@/lib/paths/paths";
import { fetchJson } from "./fetch-json";
import { keepWithin, queryKeys } from "./query-keys";
import { withQuery } from "./query-string";

export function projectsQuery(key: string, query: ProjectQuery) {
  return queryOptions({
    queryKey: queryKeys.part(key, "projects", query),
    queryFn: ({ signal }) => fetchJson(withQuery(api.projects(key), query), projectPageSchema, { signal }),
    placeholderData: keepWithin(key),
  });
}

export function projectQuery(key: string, projectId: number) {
  return queryOptions({
    queryKey: queryKeys.part(key, "project", projectId),
    queryFn: ({ signal }) => fetchJson(api.project(key, projectId), projectDetailSchema, { signal }),
  });
}
