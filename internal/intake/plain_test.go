package intake

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/zhijian-qa/zhijian/internal/call"
)

// said reads a plain text and lists "role text" of its turns.
func said(t *testing.T, text string) (turns []string) {
	t.Helper()
	calls, problems := read("a.txt", text)
	require.Empty(t, problems)
	require.Len(t, calls, 1)
	for _, turn := range calls[0].Turns {
		turns = append(turns, string(turn.Role)+" "+turn.Text)
	}
	return turns
}

func TestPlainShapes(t *testing.T) {
	two := []string{"agent 您好，请讲。", "customer 你好。"}
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"colon in the text":      {"客服：您好，请讲。\n地址：您记一下。\n客户：你好。\n", []string{"agent 您好，请讲。地址：您记一下。", "customer 你好。"}},
		"repeated field names":   {"客服：请报时间。\n客户：时间：三点。\n时间：四点也行。\n", []string{"agent 请报时间。", "customer 时间：三点。时间：四点也行。"}},
		"time in the text":       {"客服：您好，请讲。\n14:05到的。\n客户：你好。\n", []string{"agent 您好，请讲。14:05到的。", "customer 你好。"}},
		"address in the text":    {"客服：请看\nhttps://example.com/a\n客户：你好。\n", []string{"agent 请看https://example.com/a", "customer 你好。"}},
		"Latin words are spaced": {"客服：请用 Wi\nFi 登录。\n客户：你好。\n", []string{"agent 请用 Wi Fi 登录。", "customer 你好。"}},
		"full-width letters":     {"Ａ：您好，工号六零一七为您服务。\nＢ：你好。\n", []string{"agent 您好，工号六零一七为您服务。", "customer 你好。"}},
		"tagged":                 {"【客服】您好，请讲。\n【客户】你好。\n", two},
		"named customer":         {"客服：您好，请讲。\n赵女士：你好。\n赵女士：在吗？\n", []string{"agent 您好，请讲。", "customer 你好。", "customer 在吗？"}},
		"bot":                    {"机器人：请按一。\n客服：您好，请讲。\n客户：你好。\n", append([]string{"other 请按一。"}, two...)},
		"bullets":                {"- 客服：您好，请讲。\n- 客户：你好。\n", two},
		"rounds":                 {"【第1轮】客服：您好，请讲。\n【第2轮】客户：你好。\n", two},
		"stamp behind the label": {"客服 00:00:01：您好，请讲。\n客户 00:00:03：你好。\n", two},
		"stamp over the text":    {"2026-04-17 09:30:05 客服\n您好，请讲。\n2026-04-17 09:30:09 客户\n你好。\n", two},
		"old Mac line ends":      {"客服：您好，请讲。\r客户：你好。\r", two},
		"emoji code":             {"客服：您好，请讲。\n#E-s12\n客户：你好。\n", []string{"agent 您好，请讲。#E-s12", "customer 你好。"}},
		"no text":                {"客服：您好，请讲。\n客户：\n客服：\n客户：你好。\n", two},
		"markers":                {"客服：<|zh|><|NEUTRAL|>您好，[UNK]请讲。\n客户：a<|b 你好。\n", []string{"agent 您好，请讲。", "customer a<|b 你好。"}},
		"front matter":           {"---\n# 工号: 6017\n---\n客服：您好，请讲。\n客户：你好。\n", two},
		"footer":                 {"客服：您好，请讲。\n客户：你好。\n\n本内容由语音平台自动转写。\n", two},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, test.want, said(t, test.text)) })
	}
}

// Whoever interrupts starts before the other one ends.
func TestStampsMayOverlap(t *testing.T) {
	calls, problems := read("a.txt", "[00:00:01.2 - 00:00:07.4] 客服：您好，请讲。\n[00:00:07.1 - 00:00:08.0] 客户：喂。\n[00:00:09.0 - 00:00:09.5] 客服：请讲。\n")
	require.Empty(t, problems)
	var times [][2]call.Millis
	for _, turn := range calls[0].Turns {
		times = append(times, [2]call.Millis{turn.Start, turn.End})
	}
	assert.Equal(t, [][2]call.Millis{{call.At(1200), call.At(7400)}, {call.At(7100), call.At(8000)}, {call.At(9000), call.At(9500)}}, times)
}

// Above each message of a chat stand name and date, which shows a speaker who says one thing;
// what happened at a date is none.
func TestChatOfFewMessages(t *testing.T) {
	calls, _ := read("a.txt", "Lucy(6017) 2026-04-17 09:30:05\n您好，请问有什么可以帮您？\n\n访客12 2026-04-17 09:30:09\n订单到了吗？\n下单时间 2026-04-01 10:00:00\n")
	require.Len(t, calls, 1)
	assert.Equal(t, call.Person{ID: "6017", Name: "Lucy"}, calls[0].Agent)
	require.Len(t, calls[0].Turns, 2)
	assert.Equal(t, "订单到了吗？下单时间 2026-04-01 10:00:00", calls[0].Turns[1].Text)
	assert.Equal(t, call.Customer, calls[0].Turns[1].Role)
}

// A voice menu and a supervisor may speak once each.
func TestOthersSpeakOnce(t *testing.T) {
	assert.Equal(t, []string{"other 请按一。", "agent 您好，请讲。", "other 我来处理。", "customer 你好。"}, said(t, "语音播报：请按一。\n客服：您好，请讲。\n值班经理：我来处理。\n客户：你好。\n"))
}

func TestHeaderWords(t *testing.T) {
	calls, _ := read("a.txt", "# 通话ID: K-9 方向：人工外呼 挂机方：客户挂机\n"+goodText)
	assert.Equal(t, call.Outbound, calls[0].Direction)
	assert.Equal(t, call.ByCustomer, calls[0].Hangup)
}

func TestHeaders(t *testing.T) {
	calls, problems := read("a.txt", "# 通话ID: K-9；工号：6017 坐席姓名：陈静\n# 班组: 二组，方向：外呼，挂机方：坐席\n# 开始时间: 2026-04-17 09:30:05\n"+goodText)
	require.Empty(t, problems)
	got := *calls[0]
	got.Turns = nil
	assert.Equal(t, call.Call{
		ID: "K-9", Agent: call.Person{ID: "6017", Name: "陈静", Team: "二组"}, Direction: call.Outbound, Hangup: call.ByAgent,
		StartedAt: "2026-04-17T09:30:05", Source: "a.txt", Line: 4,
	}, got)
}

func TestLabels(t *testing.T) {
	for raw, want := range map[string]label{
		"客服":        {"客服", "客服", call.Agent, true},
		"坐席8021":    {"坐席8021", "坐席8021", call.Agent, true},
		"客服 张三":     {"客服 张三", "客服 张三", call.Agent, true},
		"客服(安抚)":    {"客服", "客服", call.Agent, true},
		"**客戶**":    {"客戶", "客戶", call.Customer, true},
		"天猫客服":      {"天猫客服", "天猫客服", call.Agent, true},
		"AI客服":      {"AI客服", "ai客服", call.Other, true},
		"客户经理":      {"客户经理", "客户经理", call.Agent, true},
		"客服小王":      {"客服小王", "客服小王", call.Agent, false},
		"[SPK_01]":  {"SPK_01", "spk_01", call.Unknown, true},
		"说话人 2":     {"说话人 2", "说话人 2", call.Unknown, true},
		"张敏（8021）":  {"张敏（8021）", "张敏(8021)", call.Unknown, false},
		"李先生":       {"李先生", "李先生", call.Unknown, false},
		"Speaker 1": {"Speaker 1", "speaker 1", call.Unknown, true},
	} {
		got, ok := newLabel(raw)
		assert.True(t, ok, raw)
		assert.Equal(t, want, got)
	}
	for _, raw := range []string{"", "时间", "14", "好的，我说一下", "一二三四五六七八九十一二三", "http", "a b c d", "客服电话"} {
		_, ok := newLabel(raw)
		assert.False(t, ok, raw)
	}
}

func TestPersons(t *testing.T) {
	for text, want := range map[string]call.Person{
		"坐席8021":   {ID: "8021"},
		"客服 张三":    {Name: "张三"},
		"张敏(8021)": {ID: "8021", Name: "张敏"},
		"说话人1":     {},
		"客服":       {},
		"A":        {},
	} {
		assert.Equal(t, want, personOf(text), text)
	}
}

func TestStamps(t *testing.T) {
	for text, want := range map[string]int64{
		"[00:01:02] x": 62_000, "01:02 x": 62_000, "(1:23.5) x": 83_500, "75:00 x": 4_500_000, "【01:00:00,250】x": 3_600_250,
		"2026-04-17 09:30:05 x": 1776418205000, "2026年4月17日 09:30:05 x": 1776418205000, "[2026/4/17 09:30:05] x": 1776418205000,
	} {
		from, to, rest := cutStamp(text)
		assert.True(t, from.ok, text)
		assert.Equal(t, want, from.ms, text)
		assert.False(t, to.ok, text)
		assert.Equal(t, "x", strings.TrimSpace(rest), text)
	}
	from, to, rest := cutStamp("[00:00:01.000 - 00:00:02.500] x")
	assert.Equal(t, []int64{1000, 2500}, []int64{from.ms, to.ms})
	assert.Equal(t, "x", rest)
}

// One line of any length is read in linear time: a quadratic reader would not end.
func TestLongLines(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 30 MB")
	}
	n := 5 << 20
	for name, text := range map[string]string{
		"colons":    goodText + "客服：" + strings.Repeat("：", n/3),
		"one line":  strings.Repeat("客服：好。客户：好。", n/30),
		"escaped":   strings.Repeat(`客服：好。\n客户：好。\n`, n/34),
		"turn":      goodText + strings.Repeat("又说了一句，\n", n/21),
		"brackets":  goodText + strings.Repeat("[", n),
		"backslash": goodText + strings.Repeat(`\`, n),
	} {
		t.Run(name, func(t *testing.T) {
			calls, _ := readAll(Options{Format: "plain", Stdin: strings.NewReader(text)}, "-")
			if name != "turn" { // mostly unlabelled
				assert.Len(t, calls, 1)
			}
		})
	}
}
