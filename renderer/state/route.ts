/** Which page is shown. In memory, and in the session's storage, so that a reload comes back to it. */
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

export type RouteParams = Readonly<Record<string, string>>;

interface RouteState {
  /** A page id of the registry. */
  readonly page: string;
  readonly params: RouteParams;
  readonly navigate: (page: string, params?: RouteParams) => void;
}

const FIRST_PAGE = 'overview';

export const useRoute = create<RouteState>()(
  persist(
    (set) => ({
      page: FIRST_PAGE,
      params: {},
      navigate: (page, params = {}) => set({ page, params }),
    }),
    {
      name: 'ballast.route',
      storage: createJSONStorage(() => sessionStorage),
      partialize: ({ page, params }) => ({ page, params }),
    },
  ),
);

/** Shows a page, from anywhere. */
export function navigate(page: string, params: RouteParams = {}): void {
  useRoute.getState().navigate(page, params);
}
