import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/queries.ts";
import { router } from "./router.tsx";
import "./theme/tokens.css";
import "./theme/base.css";
import "./ui/ui.css";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

// What a reader sent without a connection goes out as soon as there is one.
if (waiting()) void import("./offline/offline.ts").then((o) => o.startQueue());

function waiting(): boolean {
  try {
    return localStorage.getItem("shanyraq.waiting") !== null;
  } catch {
    return false;
  }
}
