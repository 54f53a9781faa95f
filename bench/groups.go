package main

import (
	"fmt"
	"os/exec"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// groups are all comparisons of a run.
func (o *options) groups(w workshop) []group {
	return []group{
		{title: say("一通 30 轮的通话，从启动到结束", "One call of 30 turns, from start to end"), rounds: 10 * o.rounds, jobs: w.startJobs()},
		{title: say("一批通话", "A batch of calls"), rounds: o.rounds, jobs: w.batchJobs()},
		{title: say("各种报告", "Reports"), rounds: o.rounds, jobs: w.reportJobs()},
		{title: say("分词和 Vale", "Segmenting everything, and Vale"), rounds: 1, jobs: w.peerJobs()},
		{title: say("一个文件夹的纯文本", "A folder of plain text"), rounds: o.rounds, jobs: []job{o.folderJob(w)}},
		{title: say("很长的通话和很长的一轮", "One huge call, one huge turn"), rounds: o.rounds, jobs: w.longJobs()},
		{title: say("内存不随输入增长（经管道）", "Memory does not grow with the input (through a pipe)"), rounds: 1, jobs: o.flatJobs(w)},
	}
}

func say(zh, en string) call.Say { return call.Say{ZH: zh, EN: en} }

// lint is a job of zhijian on a file of the workshop.
func (w workshop) lint(id string, name call.Say, file string, flags ...string) job {
	return job{id: id, name: name, shown: "zhijian", program: w.path("zhijian"),
		args: append(append([]string{"lint"}, flags...), file), bytes: w.size(file)}
}

// rg is ripgrep looking for all literals of the pack in a file.
func (w workshop) rg(id, file string) job {
	return job{id: id, name: say("ripgrep 查同样的词", "ripgrep for the same literals"), shown: "rg", program: found("rg"),
		args: []string{"-c", "-F", "-f", literals, file}, bytes: w.size(file)}
}

// found is where an installed program is, empty if it is not.
func found(program string) string {
	path, err := exec.LookPath(program)
	if err != nil {
		return ""
	}
	return path
}

func (w workshop) startJobs() []job {
	jobs := []job{
		w.lint("start", say("zhijian，全部规则", "zhijian, all rules"), oneCall),
		w.lint("start-house", say("另加 1,000 条规则（读 YAML）", "with 1,000 more rules (reads YAML)"), oneCall, "--rules", housePack),
		{name: say("只显示帮助", "only its help"), shown: "zhijian", program: w.path("zhijian"), args: []string{"--help"}},
		w.rg("start-rg", oneCall),
	}
	for i := range jobs {
		jobs[i].bytes = 0
	}
	return jobs
}

func (w workshop) batchJobs() []job {
	on := func(cores int, name call.Say) job {
		n := fmt.Sprint(cores)
		j := w.lint("batch-"+n, name, batch, "--jobs", n, "--format", "jsonl")
		j.cores = cores
		return j
	}
	return []job{
		on(2, say("zhijian，两个核", "zhijian, two cores")),
		on(1, say("zhijian，一个核", "zhijian, one core")),
		w.lint("batch-house", say("另加 1,000 条规则", "with 1,000 more rules"), batch, "--jobs", "2", "--format", "jsonl", "--rules", housePack),
		w.lint("", say("只有一条规则", "with one rule only"), batch, "--jobs", "2", "--format", "jsonl", "--rules", onePack),
		w.rg("batch-rg", batch),
	}
}

func (w workshop) reportJobs() []job {
	jobs := []job{w.lint("", say("只要汇总", "the summary only"), batch, "--summary")}
	for _, format := range []string{"table", "json", "jsonl", "csv", "sarif"} {
		name := "`" + format + "`"
		jobs = append(jobs, w.lint("", say(name, name), batch, "--format", format))
	}
	return jobs
}

func (w workshop) peerJobs() []job {
	gse := func(file string, bytes int64, name call.Say) job {
		return job{name: name, shown: "gse", program: w.path("gse"), args: []string{file}, bytes: bytes}
	}
	vale := func(file string, bytes int64, name call.Say) job {
		return job{name: name, shown: "vale", program: found("vale"), args: []string{"--no-exit", file}, bytes: bytes}
	}
	return []job{
		gse("/dev/null", 0, say("gse，只装词典", "gse, only its dictionary")),
		gse(plainText, w.size(plainText), say("gse，装词典再全部分词", "gse, its dictionary and segmenting everything")),
		vale(oneCall, 0, say("Vale，一条规则，一通通话", "Vale, one rule, one call")),
		vale(shortText, w.size(shortText), say("Vale，一条规则", "Vale, one rule")),
	}
}

func (o *options) folderJob(w workshop) job {
	j := w.lint("folder", say("zhijian，每通一个文件", "zhijian, a file per call"), folder, "--format", "jsonl")
	j.bytes, j.calls = 0, o.inFolder()
	return j
}

func (w workshop) longJobs() []job {
	mb := func(file string) string { return fmt.Sprintf("%.1f MB", float64(w.size(file))/megabyte) }
	of := func(id, zh, en, file string) job {
		return w.lint(id, say(zh+" "+mb(file), en+" "+mb(file)), file, "--format", "jsonl")
	}
	return []job{
		of("call-half", "一通", "one call of", longCallHalf),
		of("call", "一通", "one call of", longCall),
		of("turn-half", "一轮", "one turn of", longTurnHalf),
		of("turn", "一轮", "one turn of", longTurn),
	}
}

// flatJobs read ever more calls that are made while they are read: the speed is
// that of both together, so the memory is what counts.
func (o *options) flatJobs(w workshop) []job {
	sizes := []int64{max(1, o.size/megabyte/10), o.size / megabyte}
	if o.full {
		sizes = append(sizes, 1000, 4000)
	}
	var jobs []job
	for _, mb := range sizes {
		name := fmt.Sprintf("%d MB", mb)
		size := fmt.Sprint(mb)
		jobs = append(jobs, job{id: "flat-" + size, name: say(name, name), shown: "zhijian", program: w.path("zhijian"),
			args: []string{"lint", "--format", "jsonl", "-"}, bytes: mb * megabyte,
			fed: "bench/run corpus --size " + size, feed: []string{o.self, "corpus", "--size", size}})
	}
	if o.full {
		jobs = append(jobs, w.lint("big", say("1 GB，文件", "1 GB, a file"), batchBig, "--format", "jsonl"))
	}
	return jobs
}
