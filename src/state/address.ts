import { quoteTableName, type TableName } from '../model/table.js';

/** Addresses name resources in state, plans and messages, in the way of Terraform. */
export function endpointAddress(endpoint: string): string {
  return `endpoint.${endpoint}`;
}

export function taskAddress(task: string): string {
  return `task.${task}`;
}

/** `table` is the source's name: the target's follows from the mapping. */
export function tableAddress(task: string, table: TableName): string {
  return `table.${task}[${quoteTableName(table)}]`;
}
