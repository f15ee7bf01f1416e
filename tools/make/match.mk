# The engine's tests share a small world of ads and the plain way to search it.
MATCH_WORLD := $(O)/tests/match_world.o $(O)/tests/match_oracle.o
$(O)/t_match $(O)/t_match_person: $(MATCH_WORLD)
