--- Looks into lists.

local M = {}

--- Is the item in the list, letter for letter?
function M.has(list, item)
  for _, each in ipairs(list) do
    if each == item then
      return true
    end
  end
  return false
end

return M
