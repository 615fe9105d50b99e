# A batch job over a folder of pages: normalise, dedupe across all pages, tokenise, count n-grams, take statistics.
#
#     make -f examples/corpus.mk PAGES=examples/pages OUT=out -j2
#
# A page that changes is done again, and with it only what depends on it; so is everything when an option below
# changes. Killed at any moment and run again it goes on where it was: every file in OUT appears whole or not at all.
# Pages that have gone are taken out of OUT.
#
# Wants GNU make 3.81 or later and the five tools on PATH, or in BIN. Page names may be of any script but must not hold
# white space or the characters  : % $ # = ; \ * ? ~ | & < > ( ) [ ] { } ^ ! and quotes; hidden files are left out.
#
#     OUT/clean/PAGE.txt     the page in UTF-8, normalised
#     OUT/unique/PAGE.txt    the same without lines that an earlier page, in byte order of names, has already
#     OUT/tokens/PAGE.txt    its words, the tokens of a line on one line
#     OUT/ngrams/PAGE.part   its n-grams, and OUT/ngrams.tsv those of all pages
#     OUT/stats/PAGE.part    its statistics, and OUT/stats.json and OUT/stats.tsv those of all pages

PAGES = pages
OUT = out
BIN =

# The options of each step.
NORMALIZE = --encoding auto
DEDUPE =
TOKENIZE =
NGRAM = -n 1-3
NGRAM_ANSWER =
STATS =

# What is asked for in the end.
ANSWERS = ngrams.tsv stats.json stats.tsv

.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: all unique answers

self := $(lastword $(MAKEFILE_LIST))
bin := $(if $(BIN),$(BIN)/)
again = $(MAKE) --no-print-directory -f '$(self)'

# Two passes. The first ends with OUT/unique; make then looks afresh at which of those files are new, so that a page
# whose lines are still the same is not tokenised again.
all:
	+@test -d '$(PAGES)' || { echo 'corpus.mk: $(PAGES) is no folder: say PAGES=DIR' >&2; exit 2; }
	+@mkdir -p '$(OUT)'
	+@$(list_pages) > '$(OUT)/pages.new'
	+@! LC_ALL=C grep -n $(bad_names) '$(OUT)/pages.new' >&2 || \
	    { echo 'corpus.mk: these names cannot be handled: see the top of $(self)' >&2; exit 2; }
	+@printf '%s\n' $(foreach step,NORMALIZE DEDUPE TOKENIZE NGRAM NGRAM_ANSWER STATS,'$(step) = $($(step))') \
	    > '$(OUT)/options.new'
	+@$(call keep_if_same,pages)
	+@$(call keep_if_same,options)
	+@$(again) unique
	+@$(again) answers

list_pages = (cd '$(PAGES)' && find . -type f ! -path '*/.*') | sed 's|^\./||' | LC_ALL=C sort
bad_names = -e '[]%:$$\#=;\\*?~|&<>(){}^!"`[[:space:]]' -e "'"
keep_if_same = cmp -s '$(OUT)/$(1).new' '$(OUT)/$(1)' && rm '$(OUT)/$(1).new' || mv '$(OUT)/$(1).new' '$(OUT)/$(1)'

# The names of all files of one kind, NUL-terminated: a command line would be too short for a large corpus.
files = sed 's|.*|$(OUT)/$(1)/&.$(2)|' '$(OUT)/pages' | tr '\n' '\0'
# Takes away what belongs to pages that have gone.
prune = sed 's|$$|.$(2)|' '$(OUT)/pages' | LC_ALL=C sort > '$(OUT)/wanted' && \
    (cd '$(OUT)' && mkdir -p $(1) && find $(1) -type f ! -path '*/.*' | sed 's|^$(1)/||' | LC_ALL=C sort | \
    LC_ALL=C comm -13 wanted - | sed 's|^|$(1)/|' | tr '\n' '\0' | xargs -0 rm -f wanted)

pages := $(shell cat '$(OUT)/pages' 2>/dev/null)
clean := $(pages:%=$(OUT)/clean/%.txt)
tokens := $(pages:%=$(OUT)/tokens/%.txt)
grams := $(pages:%=$(OUT)/ngrams/%.part)
parts := $(pages:%=$(OUT)/stats/%.part)

# Each tool runs on one thread where make runs several of them.
$(clean): $(OUT)/clean/%.txt: $(PAGES)/% $(OUT)/options
	@mkdir -p $(@D)
	$(bin)normalize $(NORMALIZE) -j1 -o $@ $<

unique: $(OUT)/unique.stamp ; @:

# The first page to have a line keeps it, so all pages are wanted. Only files with new content take the place of old.
$(OUT)/unique.stamp: $(clean) $(OUT)/pages $(OUT)/options
	@$(call prune,clean,txt)
	@rm -rf $(OUT)/unique.new
	$(bin)dedupe $(DEDUPE) -r $(OUT)/clean -d $(OUT)/unique.new
	@cd $(OUT)/unique.new && find . -type f | while read -r page; do \
	    cmp -s "$$page" "../unique/$$page" || \
	    { mkdir -p "../unique/$${page%/*}" && mv "$$page" "../unique/$$page" || exit 2; } \
	done
	@rm -rf $(OUT)/unique.new
	@$(call prune,unique,txt)
	@$(call prune,tokens,txt)
	@$(call prune,ngrams,part)
	@$(call prune,stats,part)
	@touch $@

answers: $(ANSWERS:%=$(OUT)/%) ; @:

$(tokens): $(OUT)/tokens/%.txt: $(OUT)/unique/%.txt $(OUT)/options
	@mkdir -p $(@D)
	$(bin)tokenize $(TOKENIZE) -j1 -o $@ $<

$(grams): $(OUT)/ngrams/%.part: $(OUT)/tokens/%.txt $(OUT)/options
	@mkdir -p $(@D)
	$(bin)ngram $(NGRAM) --partial -j1 -o $@ $<

$(parts): $(OUT)/stats/%.part: $(OUT)/unique/%.txt $(OUT)/options
	@mkdir -p $(@D)
	$(bin)stats $(STATS) --partial -j1 -o $@ $<

$(OUT)/ngrams.tsv: $(grams) $(OUT)/pages $(OUT)/options
	$(call files,ngrams,part) | $(bin)ngram --merge $(NGRAM_ANSWER) --files0-from=- -o $@

$(OUT)/stats.json: $(parts) $(OUT)/pages $(OUT)/options
	$(call files,stats,part) | $(bin)stats --merge --json --files0-from=- -o $@

$(OUT)/stats.tsv: $(parts) $(OUT)/pages $(OUT)/options
	$(call files,stats,part) | $(bin)stats --merge --tsv --files0-from=- -o $@
