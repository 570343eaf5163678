// The register of devices in the words of the API.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { get } from "./client.ts";
import type { components } from "./schema.ts";

type Schemas = components["schemas"];

export type EquipmentCatalogue = Schemas["EquipmentCatalogue"];
export type EquipmentEvent = Schemas["EquipmentEvent"];
export type EquipmentEventInput = Schemas["EquipmentEventInput"];
export type EquipmentGroup = Schemas["EquipmentGroup"];
export type EquipmentImport = Schemas["EquipmentImport"];
export type EquipmentList = Schemas["EquipmentList"];
export type EquipmentPage = Schemas["EquipmentPage"];
export type EquipmentPurchase = Schemas["EquipmentPurchase"];
export type EquipmentRecord = Schemas["EquipmentRecord"];
export type EquipmentRow = Schemas["EquipmentRow"];
export type EquipmentService = Schemas["EquipmentService"];
export type EquipmentSums = Schemas["EquipmentSums"];

/** Types of devices and the words about them, the same on every page and day. */
export function useCatalogue(): UseQueryResult<EquipmentCatalogue, Error> {
  const url = "/api/equipment/catalogue";
  return useQuery<EquipmentCatalogue, Error>({ queryKey: [url], queryFn: ({ signal }) => get<EquipmentCatalogue>(url, signal), staleTime: 10 * 60_000 });
}
