package dev.mcpguard.front.http;

import dev.mcpguard.front.AnswerWriter;
import dev.mcpguard.front.DecisionIds;
import dev.mcpguard.front.OutcomeCounts;
import dev.mcpguard.front.OwnAnswers;
import dev.mcpguard.front.legacy.InputRounds;
import dev.mcpguard.front.legacy.Sessions;
import dev.mcpguard.json.JsonLimits;
import dev.mcpguard.model.Gate;
import java.time.InstantSource;

/** What every exchange needs. All members are thread-safe. */
record HttpServices(
    Gate gate,
    InputRounds rounds,
    AnswerWriter writer,
    OwnAnswers own,
    DecisionIds ids,
    Responses responses,
    Sessions sessions,
    Streams streams,
    ToolSchemas schemas,
    OutcomeCounts outcomes,
    InstantSource clock,
    JsonLimits json,
    HttpLimits limits) {}
