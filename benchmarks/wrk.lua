-- Send the requests of a file in turn, and tell the result as one line of JSON.
-- With "once" as second argument each is sent once, and a line says when the last is answered:
-- whoever reads it interrupts wrk, which would go on to the end of its time.
local requests, at, answered = {}, 0, 0

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  for head in file:read("*a"):gmatch("(.-)\r\n\r\n") do
    requests[#requests + 1] = head .. "\r\n\r\n"
  end
  file:close()
  if arguments[2] == "once" then
    at = #requests - 1 -- wrk takes one request to see whether it is whole
    response = count
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function count()
  answered = answered + 1
  if answered == #requests then
    print("answered")
    io.flush()
    wrk.thread:stop()
  end
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    '{"requests": %d, "microseconds": %d, "failures": %d, "p50": %.1f, "p99": %.1f, "bytes": %.0f}',
    summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99), summary.bytes))
end
