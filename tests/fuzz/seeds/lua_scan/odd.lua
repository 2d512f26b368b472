local a = {[ [==[x]==] ] = 0x1p-4, [t[a < b]] = 1 & (2 or 3)} -- c
--[[ d
]] goto e ::e:: return a
